namespace AmoLtv.Host.Running;

/// <summary>The account cannot be run now: another live run holds it, or it rests. The message says which, and since or until when.</summary>
public sealed class AccountHeldException(string message) : Exception(message);
