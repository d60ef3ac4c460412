"""``loa correct``: an announcement that is out there is replaced by what its file says today."""

from loa.commands.recalls import recall_command
from loa.delivery.concerned import Recall

correct = recall_command(Recall.CORRECT)
