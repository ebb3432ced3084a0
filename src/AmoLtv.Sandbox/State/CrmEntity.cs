namespace AmoLtv.Sandbox.State;

/// <summary>What leads, companies and contacts share. Times are unix seconds, UTC. Rows are replaced by changed copies, never changed in place.</summary>
public abstract class CrmEntity
{
    public required long Id { get; init; }

    public required string Name { get; set; }

    public long ResponsibleUserId { get; set; }

    public long CreatedBy { get; set; }

    public long UpdatedBy { get; set; }

    public long CreatedAt { get; set; }

    public long UpdatedAt { get; set; }

    public bool IsDeleted { get; set; }

    /// <summary>The row that took this one in when duplicates were merged; such a row is in no list and cannot be restored.</summary>
    public long? MergedInto { get; set; }

    public FieldValue[] Fields { get; set; } = [];

    public long[] TagIds { get; set; } = [];

    public abstract EntityKind Kind { get; }

    /// <summary>A copy to change; its arrays are shared and have to be replaced, not written into.</summary>
    public CrmEntity Copy() => (CrmEntity)MemberwiseClone();

    public FieldValue? Field(long fieldId) => Array.Find(Fields, field => field.FieldId == fieldId);

    /// <summary>Puts a field's values in place, or removes the field when there are none.</summary>
    public void SetField(long fieldId, StoredValue[] values)
    {
        var others = Fields.Where(field => field.FieldId != fieldId);
        Fields = values.Length == 0 ? [.. others] : [.. others, new FieldValue(fieldId, values)];
    }
}
