package org.jkasan.samples.agent.program;

/** Says hello, and has one array to check. */
public final class Hello {

    private Hello() {}

    public static void main(String[] args) {
        byte[] text = {'h', 'e', 'l', 'l', 'o'};
        StringBuilder out = new StringBuilder();
        for (byte letter : text) {
            out.append((char) letter);
        }
        System.out.println(out);
    }
}
