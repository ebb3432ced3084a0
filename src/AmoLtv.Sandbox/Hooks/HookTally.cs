namespace AmoLtv.Sandbox.Hooks;

/// <summary>What became of hooks since the start.</summary>
/// <param name="Waiting">Bodies on their way, or waiting for their next attempt.</param>
/// <param name="Delivered">Bodies answered with a valid status.</param>
/// <param name="GivenUp">Bodies that nobody will send again.</param>
/// <param name="Attempts">Requests made.</param>
/// <param name="Invalid">Requests not answered with a valid status.</param>
internal readonly record struct HookTally(int Waiting, int Delivered, int GivenUp, int Attempts, int Invalid);
