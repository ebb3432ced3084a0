namespace AmoLtv.Sandbox.State;

/// <summary>The three entities that have cards here; the numbers are the CRM's own type ids.</summary>
public enum EntityKind
{
    Contacts = 1,
    Leads = 2,
    Companies = 3,
}
