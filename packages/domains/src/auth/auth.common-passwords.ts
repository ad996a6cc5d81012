/** What guessers try first, of at least eight characters. */
export const COMMON_PASSWORDS: ReadonlySet<string> = new Set(
  `
    00000000 0123456789 0987654321 10203040 11111111 11223344 1122334455 112233445566 12121212
    123123123 123321123 12341234 12344321 123454321 123456123456 12345678 123456789 1234567890
    1234qwer 147258369 159753456 1q2w3e4r 1q2w3e4r5t 1qaz2wsx 1qazxsw2 22222222 27182818 31415926
    33333333 44444444 5201314520 55555555 66666666 741852963 77777777 789456123 852456789 87654321
    88888888 987654321 99999999 a1b2c3d4 aa123456 aaaa1111 aaaaaaaa abc12345 abc123456 abcabcabc
    abcd1234 abcdefgh admin123 admin1234 administrator arsenal1 asdf1234 asdfasdf asdfghjk
    asdfghjkl autumn2025 autumn2026 azertyuiop babygirl barcelona baseball basketball batman123
    burger123 butterfly changeme changeme1 changeme123 charlie1 cheese123 chef1234 chelsea1
    chocolate cocacola comanda1 comanda123 computer contrasena contraseña cookie123 customer1
    customer123 customerpass123 default1 dragon123 elephant facebook facebook1 february1 flower123
    football football1 forever1 freedom1 friday123 goldfish google123 guest123 guest1234 hannah12
    headchefpass123 hello123 hello1234 helloworld iloveyou iloveyou1 instagram internet iphone123
    january1 jennifer jessica1 jordan23 juventus killer123 kitchen1 kitchen123 lemon123 letmein1
    letmein123 linkedin littlelemon liverpool lovely12 loveyou1 manager1 manager123 manchester
    master123 masterchef masterchefpass123 michael1 monday123 monkey123 motdepasse mustang1
    mypassword newpassword nicole12 nopassword orange12 p@ssw0rd p@ssword pa55word passw0rd
    password password1 password12 password123 password1234 password123456 passwort passwort1
    pasta123 pizza123 pokemon1 princess princess1 purple12 q1w2e3r4 q2w3e4r5 qweasdzxc qwer1234
    qwerty12 qwerty123 qwerty1234 qwerty123456 qwertyui qwertyuiop qwertz123 rainbow1 realmadrid
    restaurant restaurant1 robert12 root1234 rootroot samantha samsung1 secret12 secret123
    shadow123 soccer12 souschefpass123 spiderman spring2025 spring2026 starwars strawberry
    summer2023 summer2024 summer2025 summer2026 sunshine sunshine1 superman superman1 test1234
    test12345 testpass testpass123 testtest tigger12 topsecret trustno1 victoria waiter123
    waiterpass123 welcome1 welcome123 whatever william1 winter2024 winter2025 winter2026
    woaini1314 xxxxxxxx yellow12 yourpassword zaq12wsx zxcvbnm1 zxcvbnm123
  `
    .trim()
    .split(/\s+/),
);
