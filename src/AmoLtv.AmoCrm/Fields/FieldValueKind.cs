namespace AmoLtv.AmoCrm.Fields;

/// <summary>How a value is written on the wire.</summary>
public enum FieldValueKind
{
    /// <summary>A JSON string: texts, and numbers too (with a point, invariant).</summary>
    Text,

    /// <summary>A JSON integer, unix seconds: fields of types date, date_time, birthday.</summary>
    UnixTime,
}
