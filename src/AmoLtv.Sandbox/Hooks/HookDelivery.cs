namespace AmoLtv.Sandbox.Hooks;

/// <summary>A body on its way to one subscription.</summary>
/// <param name="Attempt">From 1.</param>
/// <param name="DueAt">By the sandbox's clock.</param>
internal sealed record HookDelivery(long WebhookId, byte[] Body, int Attempt, DateTimeOffset DueAt);
