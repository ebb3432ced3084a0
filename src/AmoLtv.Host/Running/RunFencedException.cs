namespace AmoLtv.Host.Running;

/// <summary>Another run took the account over; this one must stop and write nothing more.</summary>
public sealed class RunFencedException(string message) : Exception(message);
