"""The format rules of Nghị định 30/2020/NĐ-CP, asked of any paper. They do not know where it came from."""
