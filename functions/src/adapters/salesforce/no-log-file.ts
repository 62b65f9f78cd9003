// The SDK's logger would start a thread and write below the home folder; it reads this when it is loaded, so it comes first.
process.env.SF_DISABLE_LOG_FILE ??= 'true';
