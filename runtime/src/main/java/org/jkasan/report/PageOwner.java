package org.jkasan.report;

/**
 * Who allocated a page last, and who freed it last: the kernel's page owner.
 *
 * @param allocated whether it is allocated now
 * @param order of the block that was allocated: 2^order pages
 * @param allocatedBy who allocated it last
 * @param freedBy who freed it last, before that allocation or after; null if nobody did
 */
public record PageOwner(boolean allocated, int order, Track allocatedBy, Track freedBy) {}
