"""Paper: sentences set for print, QR codes, Chinese fonts, PDF. Takes HTML that the web has rendered."""
