namespace AmoLtv.Host.Callers;

/// <summary>
/// Lets nobody through who shows nothing valid: the widget's token, a page's token, or the cookie of a page opened on its own, the
/// first of them that a request carries. Whoever asks is a feature of the request then (<see cref="Caller"/>).
/// </summary>
public sealed class CallerFilter(WidgetCaller widget, PageCaller page) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var verdict = await RecogniseAsync(http);
        if (verdict.Caller is not { } caller)
        {
            http.Response.Headers.CacheControl = "no-store";
            return verdict.Refusal;
        }

        http.Features.Set(caller);
        return await next(context);
    }

    private Task<CallerVerdict> RecogniseAsync(HttpContext http) =>
        !http.Request.Headers.ContainsKey(WidgetCaller.Header) && PageCaller.ShowsToken(http.Request) ? page.RecogniseTokenAsync(http)
        : !http.Request.Headers.ContainsKey(WidgetCaller.Header) && PageCaller.ShowsCookie(http.Request) ? page.RecogniseCookieAsync(http)
        : widget.RecogniseAsync(http);
}
