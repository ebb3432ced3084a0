namespace AmoLtv.Sandbox.State;

/// <summary>What a list may be ordered by.</summary>
public enum SortBy
{
    Id,
    CreatedAt,
    UpdatedAt,
}
