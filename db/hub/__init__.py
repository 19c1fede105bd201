"""The hub 허브: one address where kiosks and desks meet, over HTTP.

It speaks the same pages, words and papers as a stick does, and believes nothing more because it
came by wire. A hub keeps no projections: it stores events as they came, gives them on, and answers
receipts. Several hubs may stand before one database; none keeps anything of its own but its keys.

    GET  /v1/hub            who this is, and a challenge to sign (calling.py); no device needed
    POST /v1/certificate    one signed certificate of this city, for a device the hub does not know
    GET  /v1/papers         everything signed about devices          POST: newer papers
    GET  /v1/word           the hub's own acknowledgement: how far it holds every journal
    GET  /v1/words          everybody's acknowledgements             POST: words from elsewhere
    POST /v1/pages          one page, raw bytes -> its Outcome as JSON; 200 taken or known,
                            409 a gap (answers behind which number), 422 refused with its reason
    GET  /v1/pages?device=D&after=N    the next page of D behind N, raw bytes; 204 when none
    GET  /r/{token}         the receipt page, for people; asks for no device
    GET  /health  /metrics  /openapi.json

Every call under /v1 but the first two carries a device's signature. Refusals are JSON with
`reason`, `ko` and `en`; 401 means that the device is not believed, 413 and 429 name a limit.
"""
