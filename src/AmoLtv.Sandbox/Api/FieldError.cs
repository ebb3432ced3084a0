namespace AmoLtv.Sandbox.Api;

/// <summary>One reason why an element was refused; the path is dotted from the element.</summary>
internal sealed record FieldError(string Code, string Path, string Detail)
{
    public static FieldError NotSupportedChoice(string path) => new("NotSupportedChoice", path, "The value you selected is not a valid choice.");

    public static FieldError InvalidType(string path, string type) => new("InvalidType", path, $"This value should be of type {type}.");

    public static FieldError Missing(string path) => new("NotBlank", path, "This value should not be blank.");
}
