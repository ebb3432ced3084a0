namespace AmoLtv.Core.Tasks;

/// <summary>One reason for a task; a client has a task for the same reason once, whatever happens in between.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="From">Code of the segment it left.</param>
/// <param name="To">Code of the segment it entered.</param>
/// <param name="Key">The reason in one word: until the client buys again, the same move is the same reason.</param>
public sealed record TaskReason(TaskKind Kind, string From, string To, string Key);
