namespace AmoLtv.Host.Notices;

/// <summary>Asks for a message that tries a way of telling.</summary>
/// <param name="Channel"><c>crm</c>, <c>email</c> or <c>webhook</c>.</param>
public sealed record NoticeTrial(string Channel);
