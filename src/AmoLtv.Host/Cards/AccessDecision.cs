namespace AmoLtv.Host.Cards;

/// <summary>What the CRM says of a user and a card.</summary>
public enum AccessDecision
{
    /// <summary>Nobody could be asked; never as good as a yes.</summary>
    Unknown = 0,
    Refused,
    Allowed,
}
