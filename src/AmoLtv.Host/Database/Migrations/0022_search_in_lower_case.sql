-- A database made with the C locale left capitals beyond Latin as they were, and who searched for them found nobody.
update analysed_clients set search = lower(search collate "und-x-icu") where search <> lower(search collate "und-x-icu");
