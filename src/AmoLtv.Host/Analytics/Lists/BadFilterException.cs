namespace AmoLtv.Host.Analytics.Lists;

/// <summary>A list was asked for in a way that cannot be understood; the words are for whoever asked.</summary>
public sealed class BadFilterException(string message) : Exception(message);
