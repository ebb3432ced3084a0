namespace AmoLtv.AmoCrm.Webhooks;

/// <summary>Properties of a card within a webhook.</summary>
internal enum HookProperty
{
    Other,
    Id,
    Type,
    ChangedAt,
}
