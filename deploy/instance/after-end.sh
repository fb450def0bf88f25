#!/bin/sh
# What systemd runs when the bot has ended: its log says how, since nobody can look at the journal.
printf '{"level":"info","time":"%s","result":"%s","code":"%s","status":"%s","message":"the program has ended"}\n' \
  "$(date -u +%Y-%m-%dT%H:%M:%SZ)" "${SERVICE_RESULT:-}" "${EXIT_CODE:-}" "${EXIT_STATUS:-}"

# 2: a setting or a token cannot be used. It may be mended in the secret at any time, so the bot is started again, but
# seldom: Discord takes 1,000 sessions a day.
if [ "${EXIT_STATUS:-}" = 2 ]; then sleep 90; fi

# 77: a Spot notice. Powered off, the machine gives the volume free, and Auto Scaling starts another one, also where no more
# than an interruption was likely and it would else stand here for hours without a bot.
if [ "${EXIT_STATUS:-}" = 77 ]; then systemctl poweroff --no-block; fi
