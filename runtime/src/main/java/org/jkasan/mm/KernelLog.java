package org.jkasan.mm;

/** Where the memory manager's messages go: the kernel's printk. */
public interface KernelLog {

    /** One line of text: pr_warn. */
    void print(String line);

    /** A warning with the stack that led to it: WARN. */
    void warn(String message);
}
