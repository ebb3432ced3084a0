namespace AmoLtv.AmoCrm.Entities;

/// <summary>One page of a list, in ascending order of id.</summary>
/// <param name="Number">Page number, from 1.</param>
/// <param name="Rows">The rows that could be read; up to 250.</param>
/// <param name="Unreadable">The rows that could not, each with its id and why.</param>
/// <param name="HasNext">Whether the CRM offers a further page. The further page may turn out empty.</param>
public sealed record Page<T>(int Number, IReadOnlyList<T> Rows, IReadOnlyList<UnreadableRow> Unreadable, bool HasNext);
