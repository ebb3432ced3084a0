namespace AmoLtv.Host.CommandLine;

/// <summary>A command cannot do what it was asked; the message names the cause and the next step.</summary>
public sealed class CommandFailedException(string message) : Exception(message);
