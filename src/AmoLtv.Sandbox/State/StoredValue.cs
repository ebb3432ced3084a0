namespace AmoLtv.Sandbox.State;

/// <summary>One value of a custom field as the CRM keeps it.</summary>
/// <param name="Text">The value: text as it is, an integer or a JSON fragment as JSON writes it, <c>true</c> or <c>false</c>.</param>
/// <param name="Form">How the value is written in an answer.</param>
/// <param name="EnumId">The chosen item of a list.</param>
public readonly record struct StoredValue(string Text, ValueForm Form = ValueForm.Text, long? EnumId = null);
