namespace AmoLtv.Core.Identity;

/// <summary>The kinds of CRM cards AmoLtv reads. The numbers are the CRM's own entity type codes.</summary>
public enum EntityType
{
    Contact = 1,
    Lead = 2,
    Company = 3,
}
