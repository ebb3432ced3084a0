namespace AmoLtv.Core.Segmentation;

/// <summary>Counts clients by where they came from and where they are: the matrix of <see cref="SegmentTransitions"/>, client by client.</summary>
public sealed class SegmentMoveTally
{
    private readonly Dictionary<(string From, string To), (int Clients, decimal Before, decimal Now)> _cells = [];

    /// <summary>The cells by segment from and to; those that came stand before, those that went after the others.</summary>
    public IReadOnlyList<SegmentTransition> Matrix =>
    [
        .. _cells
            .Where(cell => cell.Value.Clients > 0)
            .OrderBy(cell => cell.Key.From, StringComparer.Ordinal)
            .ThenBy(cell => cell.Key.To.Length == 0).ThenBy(cell => cell.Key.To, StringComparer.Ordinal)
            .Select(cell => new SegmentTransition(Named(cell.Key.From), Named(cell.Key.To), cell.Value.Clients, cell.Value.Before, cell.Value.Now)),
    ];

    /// <summary>Counts one client.</summary>
    /// <param name="from">Segment in the earlier run; null where the client was not in the base.</param>
    /// <param name="to">Segment now; null where it is no longer in the base.</param>
    /// <param name="before">Its value in the earlier run, in the account's currency; 0 where it was not in the base.</param>
    /// <param name="now">Its value now.</param>
    public void Add(string? from, string? to, decimal before, decimal now)
    {
        ref var cell = ref System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(_cells, (from ?? "", to ?? ""), out _);
        cell = (cell.Clients + 1, cell.Before + before, cell.Now + now);
    }

    /// <summary>Adds clients that stayed where they were with the value they had; less than 0 takes them off again.</summary>
    /// <param name="segment">Code of their segment.</param>
    /// <param name="clients">How many.</param>
    /// <param name="value">Of all of them together, in the account's currency.</param>
    public void AddStayed(string segment, int clients, decimal value)
    {
        ref var cell = ref System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(_cells, (segment, segment), out _);
        cell = (cell.Clients + clients, cell.Before + value, cell.Now + value);
    }

    private static string? Named(string segment) => segment.Length == 0 ? null : segment;
}
