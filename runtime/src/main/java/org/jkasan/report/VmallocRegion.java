package org.jkasan.report;

/**
 * A vmap area as a report describes it.
 *
 * @param start first kernel address
 * @param requestedSize bytes that the caller asked for; the rest of the last page is redzone
 * @param pages mapped pages, the guard page not among them
 * @param allocated who allocated it
 * @param freed who freed it, or null while it is live
 */
public record VmallocRegion(
        long start, long requestedSize, long pages, Track allocated, Track freed) {}
