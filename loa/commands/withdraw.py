"""``loa withdraw``: an announcement is taken down wherever it is, and called off wherever it is not yet."""

from loa.commands.recalls import recall_command
from loa.delivery.concerned import Recall

withdraw = recall_command(Recall.WITHDRAW)
