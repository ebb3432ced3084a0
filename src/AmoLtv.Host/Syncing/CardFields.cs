using AmoLtv.Core.Identity;

namespace AmoLtv.Host.Syncing;

/// <summary>Custom fields of one kind of card.</summary>
/// <param name="Used">Those the settings use.</param>
/// <param name="Ours">Those we write and no setting uses: what stands in them changes no number.</param>
/// <param name="All">Both.</param>
internal sealed record CardFields(IReadOnlySet<FieldId> Used, IReadOnlySet<FieldId> Ours, IReadOnlySet<FieldId> All);
