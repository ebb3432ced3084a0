namespace AmoLtv.Host.Running;

/// <summary>Another live run holds the account; the message says which and since when.</summary>
public sealed class AccountHeldException(string message) : Exception(message);
