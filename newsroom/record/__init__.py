"""The sealed record: kept by the act, checked by anybody.

* `naming`: how a row is named
* `things`: what is recorded, and what is live of it
* `people`: who did it, by name and role
* `chain`: entries are added by one writer at a time, each sealed with the one before
* `recording`: what the gate reports becomes entries; so does what is embedded elsewhere
* `hosts`: which live pages show what was changed
* `sealing`: what was live before there was a record
* `verifying`: whether what is live, the chain and an exported file are as they were recorded
* `files`: the record of a day as a file
"""
