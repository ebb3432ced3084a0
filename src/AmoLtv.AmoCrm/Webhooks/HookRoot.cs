namespace AmoLtv.AmoCrm.Webhooks;

/// <summary>What the first word of a key speaks of.</summary>
internal enum HookRoot
{
    Account,
    Leads,
    Contacts,
    Companies,
}
