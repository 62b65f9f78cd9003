// The SDK's logger would start a thread and write below the home folder; it reads this when it is loaded, so it comes first.
// eslint-disable-next-line no-restricted-properties -- Told to the SDK, not read: it has no other door.
process.env.SF_DISABLE_LOG_FILE ??= 'true';
