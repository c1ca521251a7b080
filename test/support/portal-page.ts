/** What a hotel's network answers in place of every service, with HTTP 200. */
export const portalPage = `
<!-- welcome -->
<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01//EN">
<html><head><title>Sign in to the Wi-Fi</title></head><body><form>Room number</form></body></html>`
