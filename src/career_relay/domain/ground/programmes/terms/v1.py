from __future__ import annotations

import datetime as dt

from career_relay.domain.ground.programmes.terms.shape import Section, Terms, Text

JA = Text(
    title="キャリアリレー 参加規約（企業）",
    lead=(
        "キャリアリレーに参加する企業に、参加の前に読んで同意していただく規約です。"
        "日本語の文面が正文で、英語は参考のための訳です。"
    ),
    sections=(
        Section(
            "1. このプログラムがすること",
            (
                "選考の結果をお知らせするメールに、企業が1本のリンク（リレーリンク）を載せます。"
                "リンクを開くか、登録するかは、受け取ったご本人が決めます。",
                "登録して紹介に同意した方に、許可を受けた人材紹介会社が、ほかの企業の求人を紹介します。",
                "企業が行うのは、リンクを案内することだけです。企業が求人や求職の申し込みを受け付けたり、"
                "登録する方を選んだり、だれかを紹介会社に推薦したりすることはありません。",
            ),
        ),
        Section(
            "2. 10人の紹介で、無料紹介枠が1つ",
            (
                "案内した方の登録が「紹介」として10人数えられるごとに、無料紹介枠が1つ付きます。"
                "枠は10人目が数えられたそのときに付き、端数は次の枠に繰り越します。回数の上限はありません。",
                "登録した方が、その後ほかの企業に採用されたかどうかは、枠が付くことに関係しません。",
                "人数や日数など、この規約に現れる数は、参加時の運用ルールによるものです。運用ルールには版の番号があり、"
                "台帳の記入1つずつに、そのとき使った版が残ります。",
            ),
        ),
        Section(
            "3. 数えるもの、数えないもの",
            (
                "次の3つがすべてそろったとき、1人の紹介と数えます。"
                "（1）お見送りとなったご本人がリレーリンクから登録した。（2）ご本人がメールアドレスを確認した。"
                "（3）ご本人が、人材紹介会社による紹介に同意した。",
                "メールを送ったこと、リンクが開かれたことは数えません。"
                "選考を辞退した方や退職した方も登録できますが、数えません。",
                "同じ方は、同じ企業について12か月に1回だけ数えます。"
                "すでにほかの企業の案内で登録していた方も、貴社の案内で登録したときは、貴社の紹介として1回数えます。",
                "貴社のメールアドレスやメンバーによる登録、同じ方の可能性がある登録は、理由を示して「要確認」とします。"
                "理由を示さずに除くことはありません。",
                "数えた後にご本人が同意を撤回しても、数は減りません。ご本人の情報は消します。",
                "不正や重複と確かめられたときは、2人が確認したうえで、理由を記して取り消します。"
                "取り消しによって残高が0人を下回ることがあり、その間は新しい枠が付きません。使い終えた枠を取り消すことはありません。",
            ),
        ),
        Section(
            "4. 個人情報の流れ",
            (
                "企業から人材紹介会社へ、応募者の個人情報が渡ることはありません。そのための機能もありません。"
                "情報を渡すのは、登録したご本人だけです。",
                "だれが登録したかは、ご本人が貴社への報告に同意した場合を除き、貴社に知らせません。"
                "貴社が見られるのは、プログラム全体の人数と日付です。リンクごとの人数は、5人以上のときだけ表示します。",
                "表示された人数や日付を、ほかの情報と照らし合わせて、登録した方を推測しないでください。",
            ),
        ),
        Section(
            "5. 無料紹介枠",
            (
                "1つの枠で、人材紹介会社から1名の紹介を受け、その方を採用するときの紹介手数料が無料になります。"
                "合う方が必ず見つかること、紹介された方が入社することを約束するものではありません。",
                "枠は、付いた日から7日後に使えるようになります。期限はありません。"
                "枠を使い終えるのは、紹介された方が入社したときです。合う方がいないとき、ご本人が辞退したとき、"
                "入社に至らなかったときは、枠が戻ります。",
                "枠をお金や値引きに換えること、ほかの企業に譲ること、売買することはできません。",
                "枠で採用した方が早く退職しても、代わりの枠や代わりの方の紹介はありません。",
                "枠を使わずに紹介を受けて採用するときの手数料は、紹介会社との契約によります。",
            ),
        ),
        Section(
            "6. リンクを載せる根拠",
            (
                "リンクをメールに載せる前に、載せてよいと判断した根拠を記録してください。根拠は、応募のときに案内メールへの同意を得ていること、"
                "または、法務担当や弁護士の見解を確認したことのどちらかです。",
                "根拠が記録されるまで、リンクは作れません。その間は、リンクのない文面をお使いください。"
                "リンクを載せたメールが、法律でいう「特定電子メール」（広告や宣伝のためのメール）にあたる可能性があるためです。",
            ),
        ),
        Section(
            "7. 選考に影響させない",
            (
                "登録したかどうかを、選考、再応募、そのほかの扱いに影響させないでください。登録を求めたり、急がせたりしないでください。",
                "リンクは、結果をはっきり伝えた後に置き、件名には入れないでください。",
            ),
        ),
        Section(
            "8. 候補者に費用はかからず、謝礼もない",
            (
                "登録した方が費用を払うことはありません。",
                "企業も運営も紹介会社も、登録や入社の見返りとして、お金、ポイント、品物を候補者に渡しません。",
            ),
        ),
        Section(
            "9. 法律上、まだ答えの出ていないこと",
            (
                "お見送りとなった方にリンクを案内した企業が、無料の紹介を受けられること。これが、職業安定法でいう職業紹介を"
                "報酬を得て行うことにあたるかどうかについて、公的な見解は確かめられていません。"
                "そのためこのプログラムでは、企業の役割をリンクの案内だけに限り、求人・求職の受け付け、人選、連絡を企業が行わない形にしています。",
                "リンクを載せたメールが特定電子メールにあたるか、どの根拠があれば足りるかについても、同じく答えが出ていません。",
                "この規約は法律上の助言ではありません。参加の前に、必要に応じて弁護士などの専門家に確認してください。"
                "仕組みを変えなければならない答えが出たときは、参加企業に知らせ、この規約と運用ルールを改めます。",
            ),
        ),
        Section(
            "10. 規約と運用ルールの変更",
            (
                "運用ルールの新しい版は、公開した日時よりさかのぼって使うことはありません。"
                "すでに数えた紹介と付いた枠は変わらず、残りの人数も引き継ぎます。",
                "この規約を改めるときは、新しい版を示し、改めて同意をいただきます。",
            ),
        ),
        Section(
            "11. 参加をやめるとき",
            (
                "企業は、いつでも参加をやめられます。リンクを停止すると、そのリンクから新しく登録することはできなくなります。",
                "やめた後は、使っていない枠と残りの人数は使えません。お金に換えることもできません。"
                "やめる前に始まった紹介は、終わりまで続けられます。",
                "すでに登録した方の情報と同意はご本人のものであり、企業がやめても変わりません。台帳の記録も残ります。",
                "この規約が守られないときは、理由を知らせたうえで、運営が参加を止めることがあります。"
                "プログラムそのものを終えるときは前もって知らせ、残っている枠を使うための期間を設けます。",
            ),
        ),
    ),
)

EN = Text(
    title="Career Relay: terms for employers",
    lead=(
        "Employers read and accept these terms before they join Career Relay. "
        "The Japanese text binds; this English text is a translation for reference."
    ),
    sections=(
        Section(
            "1. What the programme does",
            (
                "An employer puts one link (the relay link) into the mail that tells the result of a selection. "
                "Whether to open it and whether to register is up to the person who receives it.",
                "Licensed agencies introduce people who registered and agreed to postings of other employers.",
                "All an employer does is show the link. It takes no postings or applications for placement, "
                "does not choose who registers, and recommends nobody to an agency.",
            ),
        ),
        Section(
            "2. Ten referrals, one free placement slot",
            (
                "For every ten registrations counted as your referrals you receive one free placement slot, "
                "at the moment the tenth is counted. The remainder carries over. There is no upper limit.",
                "Whether a registered person is later hired elsewhere has no bearing on your slots.",
                "The numbers in these terms (people, days) are those of the policy at the time of joining. "
                "Policies are numbered, and every line of the ledger keeps the version it was made under.",
            ),
        ),
        Section(
            "3. What counts and what does not",
            (
                "One referral counts when all three are there: (1) a rejected person registered through the relay link, "
                "(2) that person confirmed the e-mail address, (3) that person agreed to introductions by agencies.",
                "A sent mail or an opened link never counts. "
                "People who withdrew or left a post may register as well but do not count.",
                "The same person counts once per employer in 12 months. "
                "A person who had registered through another employer counts once for you when registering through your link.",
                "Registrations from your own mail domain or members, and those that may be the same person again, "
                "are held for review with the reason shown. Nothing is dropped without a reason.",
                "If a person withdraws consent after being counted, the count stays and the personal data are erased.",
                "Proven fraud or duplicates are reversed by two people, with a written reason. "
                "The balance may then fall below zero, and no new slot is granted until it has recovered. "
                "A used slot is never taken back.",
            ),
        ),
        Section(
            "4. Where personal data go",
            (
                "No applicant's personal data go from an employer to an agency; the software has no way to send them. "
                "Only the person who registers passes data on.",
                "You are not told who registered, unless that person agreed to a report to you. "
                "You see totals for the programme and days. Figures per link appear only from five people up.",
                "Do not compare figures or days with other information in order to guess who registered.",
            ),
        ),
        Section(
            "5. The free placement slot",
            (
                "With one slot, an agency introduces one person to you, and the fee for hiring that person is waived. "
                "It is no promise that someone suitable is found or that the person joins.",
                "A slot can be used 7 days after it was granted and does not expire. It is used up when the introduced person "
                "joins. If nobody fits, the person declines, or the hire does not start, the slot comes back.",
                "A slot cannot be exchanged for money or discounts, passed on to another company, or sold.",
                "If a person hired with a slot leaves early, neither the slot nor the person is replaced.",
                "Fees for hiring through an agency without a slot follow your contract with that agency.",
            ),
        ),
        Section(
            "6. A basis for the link",
            (
                "Before you put the link into mail, record why you may: either people agreed to such mail when they applied, "
                "or you had it checked by your legal staff or a lawyer.",
                "Until a basis is recorded no link can be made; please use the texts without a link. "
                "Mail with the link may count as commercial mail under Japanese law (特定電子メール).",
            ),
        ),
        Section(
            "7. No influence on selection",
            (
                "Whether a person registers must not influence selection, a later application or any other treatment. "
                "Do not ask or press anyone to register.",
                "Place the link after the result has been told clearly, and never in the subject line.",
            ),
        ),
        Section(
            "8. Candidates never pay and are never paid",
            (
                "Registered people pay nothing.",
                "Neither employers, the operator nor agencies give candidates money, points or goods "
                "in return for registering or joining.",
            ),
        ),
        Section(
            "9. Legal questions without an answer yet",
            (
                "An employer that shows the link to people it rejected may receive a free placement. Whether this is "
                "placement for reward under the Employment Security Act has not been settled by any authority we know of. "
                "The programme therefore keeps the employer's part to showing the link: "
                "it takes no postings or applications for placement, chooses nobody and contacts nobody.",
                "Whether the link makes the mail commercial mail, and which basis suffices, is likewise open.",
                "These terms are not legal advice. Ask a lawyer where you need certainty. If an answer requires a change, "
                "we tell all participants and change the policy and these terms.",
            ),
        ),
        Section(
            "10. Changes",
            (
                "A new policy version never applies to the time before its publication. "
                "Referrals already counted and slots already granted stay; the remainder carries over.",
                "When these terms change we show the new version and ask for your acceptance again.",
            ),
        ),
        Section(
            "11. Leaving",
            (
                "You may leave at any time. Once a link is stopped, nobody can newly register through it.",
                "After leaving, unused slots and the remainder cannot be used, nor exchanged for money. "
                "Introductions begun before may be completed.",
                "Data and consents of registered people are their own and do not change when you leave. The ledger stays.",
                "If these terms are not kept, the operator may end your participation, giving the reason. "
                "If the programme itself ends, we tell you beforehand and leave time to use remaining slots.",
            ),
        ),
    ),
)

TERMS = Terms(version=1, published_on=dt.date(2026, 11, 23), ja=JA, en=EN)
