namespace AmoLtv.Host.Installing;

/// <summary>No grant of the account works any more. The message ends with what its administrator must do.</summary>
public sealed class ConnectionLostException(string message, Exception? inner = null) : Exception(message, inner);
