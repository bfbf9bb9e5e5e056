package org.jkasan.mm;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jkasan.report.PageOwner;
import org.jkasan.report.Track;
import org.jkasan.report.TrackDepot;

/**
 * Page owners that are kept: page_owner=on. Every page of a block has an entry, as in the kernel,
 * since it may be freed as a part of another one. Source: mm/page_owner.c.
 */
final class PageTracks implements PageOwners {

    private final TrackDepot tracks;
    private final Map<Long, PageOwner> owners = new ConcurrentHashMap<>();

    PageTracks(TrackDepot tracks) {
        this.tracks = tracks;
    }

    @Override
    public void allocated(long pfn, int order) {
        Track here = tracks.here(null);
        PageOwner first = new PageOwner(true, order, here, null);
        for (long page = pfn; page < pfn + (1L << order); page++) {
            owners.merge(
                    page,
                    first,
                    (before, now) ->
                            before.freedBy() == null
                                    ? now
                                    : new PageOwner(true, order, here, before.freedBy()));
        }
    }

    @Override
    public void freed(long pfn, int order) {
        Track here = tracks.here(null);
        change(pfn, order, owner -> new PageOwner(false, owner.order(), owner.allocatedBy(), here));
    }

    @Override
    public void split(long pfn, int order) {
        change(
                pfn,
                order,
                owner -> new PageOwner(owner.allocated(), 0, owner.allocatedBy(), owner.freedBy()));
    }

    private void change(long pfn, int order, Change change) {
        for (long page = pfn; page < pfn + (1L << order); page++) {
            owners.computeIfPresent(page, (number, owner) -> change.of(owner));
        }
    }

    @Override
    public PageOwner of(long pfn) {
        return owners.get(pfn);
    }

    private interface Change {
        PageOwner of(PageOwner owner);
    }
}
