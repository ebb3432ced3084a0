using System.Globalization;

namespace AmoLtv.Sandbox.Api;

/// <summary>Error answers: <c>application/problem+json</c>, without charset.</summary>
internal static class Problem
{
    public static Answer Unauthorized { get; } = Of(401, "Unauthorized", "Неверный логин или пароль");

    public static Answer NotFound { get; } = Of(404, "Not Found", "Not Found");

    public static Answer MethodNotAllowed { get; } = Of(405, "Method Not Allowed", "Method Not Allowed");

    public static Answer Forbidden { get; } = Of(403, "Forbidden", "Недостаточно прав для выполнения запроса");

    public static Answer TooMany { get; } = Of(422, "Unprocessable Entity", "Limit 250 per page");

    public static Answer EmptyBody { get; } = Of(400, "Bad Request", "Request data can not be empty");

    public static Answer PaymentRequired { get; } = Of(402, "Payment Required", "Аккаунт не оплачен");

    public static Answer BadRequest(string detail) => Of(400, "Bad Request", detail);

    /// <param name="retryAfterSeconds">Kommo names a pause; amocrm.ru does not.</param>
    public static Answer TooManyRequests(int? retryAfterSeconds) => Answer.Json(429, "application/problem+json", json =>
    {
        json.WriteStartObject();
        json.WriteString("title", "Too Many Requests");
        json.WriteString("type", "https://httpstatus.es/429");
        json.WriteNumber("status", 429);
        json.WriteString("detail", "Too many requests, slow down.");
        if (retryAfterSeconds is { } seconds)
        {
            json.WriteNumber("retry_after", seconds);
        }

        json.WriteEndObject();
    });

    /// <summary>Elements that were refused, each with its own errors.</summary>
    public static Answer Validation(IReadOnlyList<RefusedElement> refused) => Answer.Json(400, "application/problem+json", json =>
    {
        json.WriteStartObject();
        json.WriteStartArray("validation-errors");
        foreach (var element in refused)
        {
            json.WriteStartObject();
            json.WriteString("request_id", element.RequestId);
            json.WriteStartArray("errors");
            foreach (var error in element.Errors)
            {
                json.WriteStartObject();
                json.WriteString("code", error.Code);
                json.WriteString("path", error.Path);
                json.WriteString("detail", error.Detail);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteString("title", "Bad Request");
        json.WriteString("type", "https://httpstatus.es/400");
        json.WriteNumber("status", 400);
        json.WriteString("detail", "Request validation failed");
        json.WriteEndObject();
    });

    public static Answer Of(int status, string title, string detail) => Answer.Json(status, "application/problem+json", json =>
    {
        json.WriteStartObject();
        json.WriteString("title", title);
        json.WriteString("type", string.Create(CultureInfo.InvariantCulture, $"https://httpstatus.es/{status}"));
        json.WriteNumber("status", status);
        json.WriteString("detail", detail);
        json.WriteEndObject();
    });
}
