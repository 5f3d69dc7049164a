"""Open data: what every address for programs has in common.

* `responses`: CORS, HEAD, ETag and errors in JSON, by one decorator
* `spreadsheets`: tables as CSV and XLSX in which no text becomes a formula
"""
