# Sourced in a shell of the checkout: the settings of the running practice platform, for commands by hand.
set -a
. /dev/stdin <<SETTINGS
$(python3 -c 'import json, shlex
for name, value in json.load(open(".run/settings.json"))["platform"].items():
    print(f"{name}={shlex.quote(value)}")')
SETTINGS
set +a
