"""The sealed record: kept by the act, checked by anybody.

* `things`: what is recorded, and what is live of it
* `chain`: entries are added by one writer at a time, each sealed with the one before
* `recording`: what the gate reports becomes entries; so does what is embedded elsewhere
* `sealing`: what was live before there was a record
* `verifying`: whether what is live, the chain and an exported file are as they were recorded
* `files`: the record of a day as a file
"""
