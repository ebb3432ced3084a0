namespace AmoLtv.Sandbox;

/// <summary>
/// What GET of one entity answers to a user who may not see it. The vendor does not document it:
/// an unknown id is 204, so an invisible one is 204 by default; 403 is the other reading.
/// </summary>
public enum DeniedAnswer
{
    NoContent = 204,
    Forbidden = 403,
}
