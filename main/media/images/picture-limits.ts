/** Phones make photos of 200 megapixels. A larger picture is more likely a decompression bomb. */
export const maxPixels = 250_000_000
/** No still has so many: decoders need minutes for an animation of a million single pixels, which is a small file. */
export const maxFrames = 2000
