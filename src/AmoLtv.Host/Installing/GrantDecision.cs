namespace AmoLtv.Host.Installing;

/// <summary>Whether a new grant may take its place.</summary>
public enum GrantDecision
{
    Accepted,

    /// <summary>A person who is no administrator cannot be the first: what that person may not see would be missing from every number.</summary>
    RefusedFirstByNonAdmin,

    /// <summary>An administrator's grant is never replaced by another person's, not even a lost one.</summary>
    RefusedInPlaceOfAdmin,
}
