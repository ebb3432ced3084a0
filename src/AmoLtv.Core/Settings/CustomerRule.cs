namespace AmoLtv.Core.Settings;

/// <summary>Whom a purchase belongs to.</summary>
public enum CustomerRule
{
    /// <summary>Its company; without a company, its main contact.</summary>
    CompanyElseContact = 0,

    /// <summary>Its company; without a company it does not count.</summary>
    CompanyOnly = 1,

    /// <summary>Its main contact, whatever the company.</summary>
    ContactOnly = 2,
}
