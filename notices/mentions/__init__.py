"""What a text says that must be right: dates, phones, amounts, addresses on the web, numbers of other papers."""
