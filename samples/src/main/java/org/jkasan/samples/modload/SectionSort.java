package org.jkasan.samples.modload;

/** Sorts section indexes by address with a heap, as the kernel's sort() does: never quadratic. */
final class SectionSort {

    private final SectionTable sections;
    private final int[] heap;

    private SectionSort(SectionTable sections, int[] heap) {
        this.sections = sections;
        this.heap = heap;
    }

    /** Sorts the first indexes of an array: by address, unsigned, then by size, then by index. */
    static void byAddress(SectionTable sections, int[] indexes, int count) {
        SectionSort sort = new SectionSort(sections, indexes);
        for (int root = count / 2 - 1; root >= 0; root--) {
            sort.sink(root, count);
        }
        for (int end = count - 1; end > 0; end--) {
            sort.swap(0, end);
            sort.sink(0, end);
        }
    }

    private void sink(int start, int end) {
        int root = start;
        while (2 * root + 1 < end) {
            int child = 2 * root + 1;
            if (child + 1 < end && isBefore(heap[child], heap[child + 1])) {
                child++;
            }
            if (!isBefore(heap[root], heap[child])) {
                return;
            }
            swap(root, child);
            root = child;
        }
    }

    private boolean isBefore(int a, int b) {
        int order = Long.compareUnsigned(sections.address(a), sections.address(b));
        if (order == 0) {
            order = Long.compareUnsigned(sections.size(a), sections.size(b));
        }
        return order == 0 ? a < b : order < 0;
    }

    private void swap(int i, int j) {
        int kept = heap[i];
        heap[i] = heap[j];
        heap[j] = kept;
    }
}
