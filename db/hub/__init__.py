"""The hub 허브: one address where kiosks and desks meet, over HTTP.

It speaks the same pages, words and papers as a stick does, and believes nothing more because it
came by wire. A hub keeps no projections: it stores events as they came, gives them on, and answers
receipts. Several hubs may stand before one database; none keeps anything of its own but its keys.

    GET  /v1/hub            who this is (Greeting), its certificate, and a challenge to sign
                            (call_signature.py); no device needed
    POST /v1/certificate    one Signed certificate of this city, for a device the hub does not know;
                            no device needed either
    GET  /v1/papers         everything signed about devices (Papers)    POST: newer ones
    GET  /v1/word           the hub's own acknowledgement (Signed): how far it holds every journal
    GET  /v1/words?after=D  everybody's acknowledgements (Words) of the devices whose names come
                            after D, as many as fit; `more` tells whether others follow
                            POST: Words from elsewhere
    POST /v1/pages          one page, raw bytes -> its Outcome as JSON; 200 taken or known,
                            409 a gap (answers behind which number), 422 refused with its reason
    GET  /v1/pages?device=D&after=N    the next page of D behind N, raw bytes; 204 when none
    GET  /r/{token}         the receipt page, for people; asks for no device
    GET  /  /health  /metrics  /openapi.json     these and /r answer HEAD too

Every call under /v1 but the first two carries four headers:

    Cheonman-Device         the device's name
    Cheonman-Challenge      the Signed challenge of /v1/hub, JSON in base64
    Cheonman-Body           SHA-256 of the body, in hex; of no bytes where there is none
    Cheonman-Signature      Ed25519 over "cheonman.call.1\\0", SHA-256 of the challenge's text,
                            SHA-256 of "METHOD target" and SHA-256 of the body, in hex

They are checked before the body is read, and what comes is held against its hash.

POSTs of papers, words and certificates answer with Taken. `GET /v1/papers` and `/v1/word` have an
ETag; If-None-Match gives 304. A clock is never asked for order: `number` of a word is what counts.

Refusals are JSON with `reason`, `ko` and `en`. What a client does about them:

    401 stale-challenge     take a new challenge and call again
    401 unknown-device      post the own certificate and call again
    401 older-program       no Cheonman-Body: the program is older than the hub; update it, and what
                            waits is sent then
    401 anything else       stop and say so: revoked, expired, forged, or a device of another city
    409, 422                of a page: its Outcome; of all else: do not send the same again
    413, 414, 431           too large for any hub
    408, 429, 503           come again after the seconds in Retry-After, nothing was taken

429 answers a device for its own many calls, and whoever is not believed, or asks for receipts that
do not exist, for the many misses of his neighbourhood (client_addresses.py). A call whose
signature holds and a receipt that is found are answered whatever others there have tried.
"""
