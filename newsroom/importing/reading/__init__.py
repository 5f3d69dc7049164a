"""Reading files, in a process that knows neither settings nor database: nothing here may import Django.

* `worker`: the process; `sniffing`: what a file is; `reading`: a file of any kind
* `docx`: files of Word, WPS and LibreOffice; `plain`: plain text
* `html`: pages and what is pasted; `elements`: what each element becomes; `markup_styles`: how it looks
* `cells`: tables; `pictures`: the pictures of a file; `tidying`: blanks and breaks
* `shaping`: headings, captions and lists by their look
* `ledger`: what was met and what became of it
"""
