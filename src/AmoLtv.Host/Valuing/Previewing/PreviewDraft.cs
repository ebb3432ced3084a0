using System.Text.Json;

namespace AmoLtv.Host.Valuing.Previewing;

/// <summary>Settings to look at, whole and unsaved.</summary>
public sealed record PreviewDraft(JsonElement Settings);
