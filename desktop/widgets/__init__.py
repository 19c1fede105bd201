"""The hand that draws every screen: targets, text, cards, headers, dialogs. Knows no data."""
