namespace AmoLtv.Sandbox;

/// <summary>The sandbox cannot start as asked; the message says why, for a person.</summary>
public sealed class SandboxException(string message) : Exception(message);
