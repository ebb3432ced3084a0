namespace AmoLtv.Host.Settings;

/// <summary>A part of a list, the newest first.</summary>
/// <param name="Items">At most as many as were asked for.</param>
/// <param name="Next">What asks for the rest; null at the end.</param>
public sealed record Paged<T>(IReadOnlyList<T> Items, string? Next)
{
    public Paged<TOther> Select<TOther>(Func<T, TOther> read) => new([.. Items.Select(read)], Next);
}
